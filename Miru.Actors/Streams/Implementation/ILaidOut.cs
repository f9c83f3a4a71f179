namespace Akka.Streams.Implementation;

/// <summary>A graph of this runtime: its layout is at hand and needs no module to carry it.</summary>
internal interface ILaidOut
{
    Layout Layout { get; }
}
