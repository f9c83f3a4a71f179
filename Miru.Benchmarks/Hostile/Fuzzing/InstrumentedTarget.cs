using System.Reflection;
using System.Runtime.Loader;

namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>
/// One of our own static methods <c>Run(byte[])</c>, loaded a second time together with counting copies of what it tests. The
/// uninstrumented code of this process is not touched.
/// </summary>
internal sealed class InstrumentedTarget : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("miru-fuzz-");
    private readonly List<byte[]> _maps = [];

    /// <param name="target">The type of the method.</param>
    /// <param name="assemblies">Names of the assemblies that are copied, and which of their types are counted.</param>
    public InstrumentedTarget(Type target, params (string Assembly, Predicate<string> Types)[] assemblies)
    {
        var context = new AssemblyLoadContext("fuzzing");
        context.Resolving += (_, name) => File.Exists(InFolder(name.Name!)) ? context.LoadFromAssemblyPath(InFolder(name.Name!)) : null;
        var own = target.Assembly.GetName().Name!;
        foreach (var (assembly, types) in assemblies)
        {
            var blocks = Instrumenter.Copy(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), InFolder(assembly), types);
            var map = new byte[blocks];
            context.LoadFromAssemblyPath(InFolder(assembly)).GetType(Instrumenter.MapType)!.GetField(Instrumenter.MapField)!.SetValue(null, map);
            _maps.Add(map);
        }

        Run = context.LoadFromAssemblyName(new AssemblyName(own)).GetType(target.FullName!)!
            .GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Action<byte[]>>();
    }

    /// <summary>Runs the method on one input.</summary>
    public Action<byte[]> Run { get; }

    /// <summary>How often each block has run since the maps were last cleared, modulo 256.</summary>
    public IReadOnlyList<byte[]> Maps => _maps;

    public void Dispose() => _folder.Delete(recursive: true);

    private string InFolder(string assembly) => Path.Combine(_folder.FullName, assembly + ".dll");
}
