using Xunit;

namespace Miru.Actors.Tests.Own.Trimming;

/// <summary>A program on this runtime may be trimmed to what it uses: the trimmer sees all that it needs, and what it leaves runs. Alone, as publishing keeps a machine busy.</summary>
[Collection(nameof(TrimmingSpec))]
[CollectionDefinition(nameof(TrimmingSpec), DisableParallelization = true)]
public class TrimmingSpec
{
    [TrimmedPublishFact]
    public async Task Leaves_a_program_without_warnings_that_runs()
    {
        var (exitCode, warnings) = await TrimmedPublish.PublishAsync();
        Assert.True(exitCode == 0 && string.IsNullOrWhiteSpace(warnings), warnings);

        var (ended, said) = await TrimmedPublish.RunAsync(TrimmedPublish.Program);
        Assert.StartsWith("[ERROR]", said);
        Assert.EndsWith("hello, world\n10100\n", said);
        Assert.Equal(0, ended);
    }
}
