using System.Runtime.InteropServices;
using Miru.Cloud;
using Miru.Cloud.Hosting;

const int failed = 1;
const int misused = 2;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    var command = CommandLine.Parse(args);
    using var logging = LoggerFactory.Create(log => log
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // a start that fails is told in one line below
        .AddSimpleConsole(console => console.SingleLine = true));

    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.TrySetResult();
    }

    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

    await using var server = await CloudServer.StartAsync(new CloudOptions
    {
        Urls = command.Urls,
        DataDirectory = command.DataDirectory,
        PollInterval = command.PollInterval,
        AdminKeys = command.ReadAdminKeys(),
        LoggerFactory = logging,
    });
    if (server.GeneratedAdminKeyFile is { } file)
    {
        Console.WriteLine($"A new admin key was written to {file}");
    }

    Console.WriteLine($"Miru.Cloud listens on {server.BaseAddress}");
    await stop.Task;
    return 0;
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"miru-cloud: {wrong.Message}");
    Console.Error.WriteLine(CommandLine.Usage);
    return misused;
}
catch (IOException refusal)
{
    Console.Error.WriteLine($"miru-cloud: {refusal.Message}");
    return failed;
}
