using System.Runtime.InteropServices;
using Quickstart;

var once = args.Contains("--once");
if (args.Except(["--once"]).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"unknown argument '{unknown}'; there is only --once");
    return 2;
}

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    Console.WriteLine("miru quickstart");
    var files = ConfigFile.ReadAll(BuildMetadata.ConfigsFolder);
    await using var lab = await Lab.StartAsync(files.Select(file => file.Slug), stopping.Token);
    if (once)
        await OnceRun.RunAsync(lab, files, stopping.Token);
    else
        await LiveRun.RunAsync(lab, BuildMetadata.ConfigsFolder, files, stopping.Token);
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.WriteLine("stopped");
    return once ? 130 : 0;
}
catch (HopFailedException failed)
{
    Console.Error.WriteLine($"failed at hop '{failed.Hop}': {failed.Message}");
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
