namespace Akka.Streams.Implementation;

/// <summary>What building a layout yields: its materialized value and the ends that are still open, in the order of the module's shape.</summary>
internal readonly struct BuiltLayout(object value, InEnd[] ins, OutEnd[] outs)
{
    public object Value { get; } = value;

    public InEnd[] Ins { get; } = ins;

    public OutEnd[] Outs { get; } = outs;

    public BuiltLayout WithValue(object value) => new(value, Ins, Outs);
}
