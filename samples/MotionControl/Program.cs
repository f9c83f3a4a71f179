using Miru.Sdk;

try
{
    await using var miru = await MiruClient.ConnectAsync();

    await foreach (var config in miru.WatchAsync("motion-control"))
    {
        var motion = config.As<MotionControl>();
        Console.WriteLine($"{config.Release}: at most {motion.Limits.max_speed_mps} m/s");
    }
}
catch (MiruException failure)
{
    Console.Error.WriteLine(failure.Message);
    Environment.ExitCode = 1;
}

record MotionControl(Limits Limits);
record Limits(double max_speed_mps);
