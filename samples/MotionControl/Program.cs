using Miru.Sdk;
using Newtonsoft.Json;

try
{
    await using var miru = await MiruClient.ConnectAsync();

    await foreach (var config in miru.WatchAsync("motion-control"))
    {
        try
        {
            var motion = config.As<MotionControl>();
            Console.WriteLine($"{config.Release}: at most {motion.Limits.max_speed_mps} m/s");
        }
        catch (MiruContentException unusable)
        {
            Console.Error.WriteLine($"{unusable.Message} Going on with the version before.");
        }
    }
}
catch (MiruException failure)
{
    Console.Error.WriteLine(failure.Message);
    Environment.ExitCode = 1;
}

record MotionControl([property: JsonRequired] Limits Limits);
record Limits([property: JsonRequired] double max_speed_mps);
