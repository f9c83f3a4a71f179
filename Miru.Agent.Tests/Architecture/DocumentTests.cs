using System.Text.RegularExpressions;
using Xunit;

namespace Miru.Agent.Tests.Architecture;

/// <summary>What the documents say is what the tree holds.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void The_codemap_names_every_project_and_every_folder_of_the_agent()
    {
        var document = Sources.Read("ARCHITECTURE.md");
        var projects = Regex.Matches(Sources.Read("Miru.sln"), "\"([^\"]+)\\.csproj\"").Select(m => m.Groups[1].Value.Replace('\\', '/').Split('/')[^2]);
        var folders = Sources.CSharp("Miru.Agent").Select(file => file.Path.Split('/')).Where(parts => parts.Length > 2).Select(parts => parts[1] + "/").Distinct();

        Assert.All(projects.Concat(folders), name => Assert.Contains(name, document));
    }

    [Fact]
    public void Every_path_that_a_document_names_exists()
    {
        foreach (var document in new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md" })
        {
            var links = Regex.Matches(Sources.Read(document), @"\]\(([\w./-]+)\)").Select(m => m.Groups[1].Value);
            Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Sources.Root, link)), $"{document} points to {link}"));
        }
    }

    [Fact]
    public void The_readme_shows_a_program_that_is_compiled()
    {
        var shown = Regex.Match(Sources.Read("README.md"), "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(Sources.Read("samples/MotionControl/Program.cs"), shown);
    }

    [Fact]
    public void Every_setting_says_what_it_is_for()
    {
        var lines = Sources.Read("HOCON/miru.reference.conf").Split('\n');
        var undocumented = lines
            .Select((line, index) => (Line: line, Above: index > 0 ? lines[index - 1] : ""))
            .Where(l => Regex.IsMatch(l.Line, @"^\s*[\w-]+\s*=") && !l.Above.TrimStart().StartsWith('#') && !l.Line.Contains('#'))
            .Select(l => l.Line.Trim());

        Assert.Empty(undocumented);
    }
}
