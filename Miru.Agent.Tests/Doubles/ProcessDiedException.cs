namespace Miru.Agent.Tests.Doubles;

/// <summary>Stands for SIGKILL or a power cut: no handler of the product catches it, and nothing works after it.</summary>
internal sealed class ProcessDiedException : Exception;
