using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Push;
using Xunit;

namespace Miru.Agent.Tests.Cloud.Push;

public sealed class LongPollChannelTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);
    private static readonly CloudFailure Reset = new(FailureKind.RetryLater, "connection reset");

    private readonly LongPollChannel _channel = new(Longest);

    [Fact]
    public void Is_live_once_a_server_says_that_it_holds()
    {
        Assert.False(_channel.IsLive);
        _channel.Answered(applied: true);
        Assert.True(_channel.IsLive);
        _channel.Answered(applied: false);
        Assert.False(_channel.IsLive);
    }

    [Fact]
    public void A_single_cut_shortens_nothing()
    {
        for (var restart = 0; restart < 10; restart++)
        {
            _channel.Answered(applied: true);
            Assert.True(_channel.Failed(TimeSpan.FromSeconds(30), Reset));
        }

        Assert.Equal(Longest, _channel.Hold);
    }

    [Fact]
    public void A_shortened_hold_is_tried_in_full_again_when_it_has_lasted_for_long()
    {
        _channel.Answered(applied: true);
        _channel.Failed(TimeSpan.FromSeconds(30), Reset);
        _channel.Failed(TimeSpan.FromSeconds(30), Reset);
        for (var held = 1; held < 300; held++)
        {
            _channel.Answered(applied: true);
            Assert.Equal(TimeSpan.FromSeconds(24), _channel.Hold);
        }

        _channel.Answered(applied: true);
        Assert.Equal(Longest, _channel.Hold);
    }

    [Fact]
    public void Asks_for_less_than_what_a_proxy_on_the_way_endured()
    {
        _channel.Answered(applied: true);
        Assert.True(_channel.Failed(TimeSpan.FromSeconds(30), Reset));

        Assert.True(_channel.Failed(TimeSpan.FromSeconds(30), Reset));

        Assert.Equal(TimeSpan.FromSeconds(24), _channel.Hold);
    }

    [Fact]
    public void Asks_for_half_when_nothing_was_heard_until_the_deadline()
    {
        _channel.Answered(applied: true);
        Assert.True(_channel.Failed(TimeSpan.FromSeconds(80), Reset));

        Assert.True(_channel.Failed(TimeSpan.FromSeconds(80), Reset));

        Assert.Equal(TimeSpan.FromSeconds(25), _channel.Hold);
    }

    [Fact]
    public void A_failure_that_says_something_about_the_cloud_is_no_cut()
    {
        Assert.False(_channel.Failed(TimeSpan.FromSeconds(30), Reset));
        _channel.Answered(applied: true);

        Assert.False(_channel.Failed(TimeSpan.FromSeconds(1), Reset));
        Assert.False(_channel.Failed(TimeSpan.FromSeconds(30), new CloudFailure(FailureKind.RefreshToken, "401")));
        Assert.False(_channel.Failed(TimeSpan.FromSeconds(30), new CloudFailure(FailureKind.RetryLater, "503", TimeSpan.FromSeconds(9))));
        Assert.Equal(Longest, _channel.Hold);
    }

    [Fact]
    public void Leaves_the_work_to_the_interval_where_no_hold_lasts_and_tries_again_later()
    {
        _channel.Answered(applied: true);
        for (var cut = 0; cut < 6; cut++)
        {
            Assert.True(_channel.Hold >= TimeSpan.FromSeconds(10));
            Assert.True(_channel.Failed(TimeSpan.FromSeconds(6), Reset));
        }

        Assert.Equal((TimeSpan.Zero, false), (_channel.Hold, _channel.IsLive));

        for (var poll = 0; poll < 30; poll++)
        {
            Assert.Equal(TimeSpan.Zero, _channel.Hold);
            _channel.Answered(applied: false);
        }

        Assert.Equal(Longest, _channel.Hold);
    }

    [Fact]
    public void Settings_without_push_never_hold()
    {
        var off = new LongPollChannel(TimeSpan.Zero);
        off.Answered(applied: false);

        Assert.Equal((TimeSpan.Zero, false), (off.Hold, off.IsLive));
    }
}
