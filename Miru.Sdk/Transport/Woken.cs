namespace Miru.Sdk.Transport;

/// <summary>What woke the background thread.</summary>
[Flags]
internal enum Woken
{
    None = 0,
    Socket = 1,
    Timer = 2,
}
