using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class RustAgentStoreTests : IDisposable
{
    private const string Path1 = "/srv/miru/configs/motion.json";
    private const string Text1 = "{ \"at\": \"2026-05-03T10:00:00Z\",\n  \"name\": \"Ärmel \\\"7\\\"\" }\n";

    private readonly TemporaryDirectory _directory = new();

    private RustAgentFolder Folder => new(_directory.FullName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_in_place_is_read_to_the_byte()
    {
        Folder.With("dpl_1", "archived", "archived", ("/srv/miru/configs/old.json", "{}")).With("dpl_2", "deployed", "deployed", (Path1, Text1), ("/srv/miru/empty.yaml", ""));

        var found = Read()!;

        Assert.Equal(("dpl_2", "v1.4.2", DeploymentTarget.Deployed), (found.Deployment.Id, found.Deployment.Release, found.Deployment.Target));
        Assert.Equal([new FetchedInstance("dpl_2:0", "motion", Path1), new FetchedInstance("dpl_2:1", "empty", "/srv/miru/empty.yaml")], found.Deployment.Instances);
        Assert.Equal([Text1, ""], found.Contents.Select(content => Encoding.UTF8.GetString(content.Content.Span)));
    }

    [Fact]
    public void Where_nothing_is_in_place_there_is_nothing_to_take_over()
    {
        Assert.Null(Read());
        Folder.With("dpl_1", "archived", "archived", (Path1, "{}")).With("dpl_2", "queued", "deployed", (Path1, "{}"));
        Assert.Null(Read());
    }

    /// <summary>It marks the old one before it has written the new one.</summary>
    [Theory]
    [InlineData("removing", "archived", "queued", "dpl_1")]
    [InlineData("removing", "archived", "deployed", "dpl_2")]
    [InlineData("deployed", "archived", "deployed", "dpl_2")]
    public void In_the_middle_of_a_change_the_files_decide_and_then_the_cloud(string oldActivity, string oldTarget, string newActivity, string current)
    {
        Folder.With("dpl_1", oldActivity, oldTarget, (Path1, "{}")).With("dpl_2", newActivity, "deployed", (Path1, "{}"));

        Assert.Equal(current, Read()?.Deployment.Id);
    }

    [Fact]
    public void Two_that_the_cloud_wants_are_not_guessed_between()
    {
        Folder.With("dpl_1", "deployed", "deployed", (Path1, "{}")).With("dpl_2", "deployed", "deployed", (Path1, "{}"));

        Assert.Contains("dpl_1, dpl_2", Assert.Throws<IOException>(Read).Message);
    }

    [Fact]
    public void A_config_that_is_not_whole_is_no_config()
    {
        Folder.With("dpl_1", "deployed", "deployed", (Path1, "{}"));
        File.Delete(Path.Combine(Folder.ContentsDirectory, "dpl_1_0.json"));

        Assert.Throws<FileNotFoundException>(Read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"dpl_1\": 7 }")]
    [InlineData("{ \"dpl_1\": { \"value\": 7 } }")]
    [InlineData("{ \"dpl_1\": { \"value\": {} } }")]
    [InlineData("{ \"dpl_1\": { \"value\": { \"activity_status\": {} } } }")]
    [InlineData("{ \"dpl_1\": { \"value\": { \"activity_status\": \"deployed\", \"target_status\": \"deployed\", \"config_instance_ids\": [ {} ] } } }")]
    [InlineData("{ \"dpl_1\": { \"value\": { \"activity_status\": \"deployed\", \"target_status\": \"deployed\", \"config_instance_ids\": [ \"inst_9\" ] } } }")]
    public void A_file_of_another_form_is_said_to_be_one(string text)
    {
        Folder.With("dpl_1", "deployed", "deployed", (Path1, "{}"));
        File.WriteAllText(Folder.DeploymentsFile, text);

        Assert.ThrowsAny<IOException>(Read);
    }

    [Fact]
    public void Cut_anywhere_it_is_whole_or_refused()
    {
        Folder.With("dpl_1", "deployed", "deployed", (Path1, Text1));
        var whole = Read()!;
        foreach (var file in Directory.GetFiles(_directory.FullName, "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllBytes(file);
            for (var length = 0; length < text.Length; length++)
            {
                File.WriteAllBytes(file, text[..length]);
                Assert.True(Refused() || Read()!.Contents[0].Content.Span.SequenceEqual(whole.Contents[0].Content.Span), $"{file} cut at {length}");
            }

            File.WriteAllBytes(file, text);
        }
    }

    [Fact]
    public void A_relative_path_is_not_guessed_at()
    {
        Folder.With("dpl_1", "deployed", "deployed", ("motion.json", "{}"));

        Assert.Contains("not an absolute path", Assert.Throws<IOException>(Read).Message);
    }

    [Fact]
    public void Contents_larger_than_a_config_may_be_are_not_read()
    {
        Folder.With("dpl_1", "deployed", "deployed", (Path1, new string('x', 7 * StoreSettings.LargestConfig)));

        Assert.Contains("at most", Assert.Throws<IOException>(Read).Message);
    }

    private bool Refused()
    {
        try
        {
            return Read() is null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private AdoptedDeployment? Read() => RustAgentStore.Read(_directory.FullName, StoreSettings.LargestConfig);
}
