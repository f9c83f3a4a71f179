using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>Writes a copy of an assembly that counts how often each basic block of the chosen types runs.</summary>
internal static class Instrumenter
{
    public const string MapType = "CoverageMap";
    public const string MapField = "Hits";

    /// <returns>How many blocks there are: the length of the map to put into the field before anything runs.</returns>
    public static int Copy(string from, string to, Predicate<string> types)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(from);
        var module = assembly.MainModule;
        var map = new TypeDefinition("", MapType, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var hits = new FieldDefinition(MapField, FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Byte));
        map.Fields.Add(hits);
        var methods = module.GetTypes().Where(type => types(type.FullName)).SelectMany(type => type.Methods).Where(method => method.HasBody).ToList();
        module.Types.Add(map);

        var blocks = 0;
        foreach (var method in methods)
        {
            method.Body.SimplifyMacros();
            foreach (var start in Starts(method.Body))
            {
                Count(method.Body.GetILProcessor(), start, hits, module.TypeSystem.Byte, blocks++);
            }

            method.Body.OptimizeMacros();
        }

        assembly.Write(to);
        return blocks;
    }

    private static List<Instruction> Starts(MethodBody body)
    {
        var starts = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    starts.Add(target);
                    break;
                case Instruction[] targets:
                    starts.UnionWith(targets);
                    break;
            }

            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next)
            {
                starts.Add(next);
            }
        }

        return [.. body.Instructions.Where(starts.Contains)];
    }

    // The first instruction of a block stays the object that branches and handlers point to, and becomes the first of the counting.
    private static void Count(ILProcessor processor, Instruction start, FieldReference hits, TypeReference type, int block)
    {
        var original = processor.Create(OpCodes.Nop);
        original.OpCode = start.OpCode;
        original.Operand = start.Operand;
        start.OpCode = OpCodes.Ldsfld;
        start.Operand = hits;
        Instruction[] rest =
        [
            processor.Create(OpCodes.Ldc_I4, block),
            processor.Create(OpCodes.Ldelema, type),
            processor.Create(OpCodes.Dup),
            processor.Create(OpCodes.Ldind_U1),
            processor.Create(OpCodes.Ldc_I4, 1),
            processor.Create(OpCodes.Add),
            processor.Create(OpCodes.Conv_U1),
            processor.Create(OpCodes.Stind_I1),
            original,
        ];
        var after = start;
        foreach (var instruction in rest)
        {
            processor.InsertAfter(after, instruction);
            after = instruction;
        }
    }
}
