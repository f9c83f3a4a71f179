namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>A crash behind five nested conditions, which chance alone does not find: shows that the fuzzer is led by what it sees.</summary>
internal static class PlantedBug
{
    public static void Run(byte[] input)
    {
        if (input.Length > 5 && input[0] == 0x4D)
        {
            if (input[1] == 0x69)
            {
                if (input[2] == 0x72)
                {
                    if (input[3] == 0x75)
                    {
                        if (input[4] == 0xFE)
                        {
                            throw new InvalidOperationException("the planted bug");
                        }
                    }
                }
            }
        }
    }
}
