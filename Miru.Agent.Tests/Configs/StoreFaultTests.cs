using Miru.Benchmarks.Crash;
using Xunit;

namespace Miru.Agent.Tests.Configs;

/// <summary>Whatever single fault a disk adds to a store: it opens, and it serves nothing that was never there. A sample of the full campaign.</summary>
public sealed class StoreFaultTests
{
    // Memory: thousands of stores are made, and what is tested is not the disk.
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flipped_bit_is_never_served(bool killed) => Judge(killed, campaign => campaign.FlipBits(stride: 401));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_cut_is_never_taken_for_the_whole(bool killed) => Judge(killed, campaign => campaign.Truncate(stride: 4099));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_page_of_zeros_or_garbage_is_never_served(bool killed) => Judge(killed, campaign =>
    {
        campaign.FillPages(0);
        campaign.FillPages(0xa5);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_gone_or_another_is_noticed(bool killed) => Judge(killed, campaign =>
    {
        foreach (var file in campaign.FileNames.ToList())
        {
            campaign.Try("replace", $"{file} is gone", file, _ => null);
            campaign.Try("replace", $"{file} is empty", file, _ => []);
            campaign.Try("replace", $"{file} is text", file, bytes => [.. Enumerable.Repeat((byte)'x', bytes.Length)]);
            campaign.Try("replace", $"{file} has a tail", file, bytes => [.. bytes, .. new byte[4096]]);
        }
    });

    private static void Judge(bool killed, Action<StoreFaultCampaign> faults)
    {
        using var campaign = new StoreFaultCampaign(Root, killed);

        faults(campaign);

        Assert.True(campaign.Violations.Count == 0, $"{campaign.Violations.Count} of {campaign.Trials}: {string.Join(Environment.NewLine, campaign.Violations.Take(10))}");
        Assert.NotEmpty(campaign.Verdicts);
    }
}
