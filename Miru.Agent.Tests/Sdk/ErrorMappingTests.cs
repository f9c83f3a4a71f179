using System.Net.Sockets;
using Miru.Protocol;
using Miru.Sdk;
using Miru.Sdk.Errors;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class ErrorMappingTests
{
    private const string Socket = "/run/miru/miru.sock";

    [Theory]
    [InlineData(ErrorCodes.ProtocolUnsupported, typeof(MiruProtocolException))]
    [InlineData(ErrorCodes.ProtocolViolation, typeof(MiruProtocolException))]
    [InlineData(ErrorCodes.ConfigNotFound, typeof(MiruConfigNotFoundException))]
    [InlineData(ErrorCodes.AccessDenied, typeof(MiruAccessDeniedException))]
    [InlineData(ErrorCodes.Busy, typeof(MiruUnavailableException))]
    [InlineData(ErrorCodes.NotReady, typeof(MiruUnavailableException))]
    [InlineData(ErrorCodes.TooLarge, typeof(MiruTooLargeException))]
    [InlineData(ErrorCodes.Timeout, typeof(MiruTimeoutException))]
    [InlineData(ErrorCodes.StorageFailed, typeof(MiruAgentException))]
    [InlineData(ErrorCodes.Internal, typeof(MiruAgentException))]
    [InlineData("code_of_a_newer_agent", typeof(MiruAgentException))]
    [Trait("Clause", "error-1")]
    public void Each_code_has_one_exception(string code, Type expected)
    {
        var failure = ErrorMapping.From(new ErrorMessage(code, "what happened", "frame-2", true), Socket);

        Assert.IsType(expected, failure);
        Assert.Equal(code, failure.ErrorCode);
        Assert.Contains(Socket, failure.Message, StringComparison.Ordinal);
        Assert.Contains("what happened (clause frame-2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "error-1")]
    public void Every_code_is_in_the_table() => Assert.All(ErrorCodes.All, code => Assert.Equal(
        code is ErrorCodes.Internal or ErrorCodes.StorageFailed,
        ErrorMapping.From(new ErrorMessage(code, "", null, false), Socket) is MiruAgentException));

    [Theory]
    [InlineData(SocketError.AddressNotAvailable, "systemctl status miru-agent")]
    [InlineData(SocketError.ConnectionRefused, "starting or has died")]
    [InlineData(SocketError.WouldBlock, "ss -xl | grep miru")]
    [InlineData(SocketError.AccessDenied, "group miru")]
    [InlineData(SocketError.AccessDenied, "usermod")]
    [InlineData(SocketError.ConnectionReset, "Is the agent running")]
    public void Each_socket_error_says_what_to_check(SocketError error, string advice)
    {
        var failure = ErrorMapping.From(new SocketException((int)error), Socket);

        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Socket, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_without_socket_is_told_from_a_socket_without_listener()
    {
        var directory = Directory.CreateTempSubdirectory("miru-");
        try
        {
            var path = Path.Combine(directory.FullName, "miru.sock");
            Assert.Contains("no agent socket", await FailureAsync(path), StringComparison.Ordinal);

            using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                dead.Bind(new UnixDomainSocketEndPoint(path));
                Assert.Contains("Nobody listens", await FailureAsync(path), StringComparison.Ordinal);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_full_queue_of_connections_fails_at_once_and_says_so()
    {
        var directory = Directory.CreateTempSubdirectory("miru-");
        var connected = new List<IDisposable>();
        try
        {
            var path = Path.Combine(directory.FullName, "miru.sock");
            using var busy = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            busy.Bind(new UnixDomainSocketEndPoint(path));
            busy.Listen(1);
            var connector = new Miru.Sdk.Transport.UnixSocketConnector(path);
            var cause = await Assert.ThrowsAsync<SocketException>(async () =>
            {
                while (connected.Count < 100)
                {
                    connected.Add(await connector.ConnectAsync(default).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
                }
            });

            Assert.Contains("ss -xl | grep miru", ErrorMapping.From(cause, path).Message, StringComparison.Ordinal);
        }
        finally
        {
            connected.ForEach(stream => stream.Dispose());
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> FailureAsync(string path)
    {
        var connector = new Miru.Sdk.Transport.UnixSocketConnector(path);
        var cause = await Assert.ThrowsAsync<SocketException>(async () => await connector.ConnectAsync(default));
        return ErrorMapping.From(cause, path).Message;
    }
}
