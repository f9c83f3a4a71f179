using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>Sending and reading several elements without a handler for each: the port's handler is replaced until that is done.</summary>
public abstract partial class GraphStageLogic
{
    protected internal void Emit<T>(Outlet<T> outlet, T element) => Emit(outlet, element, DoNothing);

    /// <summary>Sends an element as soon as downstream asks, then calls <paramref name="andThen"/>.</summary>
    protected internal void Emit<T>(Outlet<T> outlet, T element, Action andThen)
    {
        if (_outHandlers[outlet.Id] is not Emission && IsAvailable(outlet))
        {
            Push(outlet, element);
            andThen();
        }
        else
        {
            EmissionOn(outlet).Add(element, null, andThen);
        }
    }

    protected internal void EmitMultiple<T>(Outlet<T> outlet, IEnumerable<T> elements) => EmitMultiple(outlet, elements, DoNothing);

    /// <inheritdoc cref="EmitMultiple{T}(Outlet{T}, IEnumerator{T}, Action)"/>
    protected internal void EmitMultiple<T>(Outlet<T> outlet, IEnumerable<T> elements, Action andThen) =>
        EmitMultiple(outlet, elements.GetEnumerator(), andThen);

    protected internal void EmitMultiple<T>(Outlet<T> outlet, IEnumerator<T> enumerator) => EmitMultiple(outlet, enumerator, DoNothing);

    /// <summary>Sends the elements as downstream asks, then calls <paramref name="andThen"/>. A later emission on the same port waits for this one.</summary>
    protected internal void EmitMultiple<T>(Outlet<T> outlet, IEnumerator<T> enumerator, Action andThen)
    {
        if (!enumerator.MoveNext())
        {
            enumerator.Dispose();
            andThen();
            return;
        }

        if (_outHandlers[outlet.Id] is Emission || !IsAvailable(outlet))
        {
            EmissionOn(outlet).Add(enumerator.Current, enumerator, andThen);
            return;
        }

        Push(outlet, enumerator.Current);
        if (enumerator.MoveNext())
        {
            EmissionOn(outlet).Add(enumerator.Current, enumerator, andThen);
        }
        else
        {
            enumerator.Dispose();
            andThen();
        }
    }

    /// <summary>Drops what has still to be emitted and gives the port back to its handler.</summary>
    protected internal void AbortEmitting<T>(Outlet<T> outlet)
    {
        if (_outHandlers[outlet.Id] is Emission<T> emission)
        {
            emission.Abort();
        }
    }

    /// <summary>Reads one element, now or when it arrives; <paramref name="onClose"/> if upstream ends first.</summary>
    protected internal void Read<T>(Inlet<T> inlet, Action<T> andThen, Action onClose) =>
        ReadMany(inlet, 1, elements => andThen(elements.First()), _ => onClose());

    /// <summary>Reads <paramref name="n"/> elements; <paramref name="onComplete"/> gets what there was if upstream ends first.</summary>
    protected internal void ReadMany<T>(Inlet<T> inlet, int n, Action<IEnumerable<T>> andThen, Action<IEnumerable<T>> onComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (_inHandlers[inlet.Id] is Reading<T>)
        {
            throw new InvalidOperationException($"Already reading on inlet [{inlet}]");
        }

        var reading = new Reading<T>(this, inlet, n, andThen, onComplete);
        SetHandler(inlet, reading);
        reading.Start();
    }

    /// <summary>Stops reading and gives the port back to its handler.</summary>
    protected internal void AbortReading<T>(Inlet<T> inlet)
    {
        if (_inHandlers[inlet.Id] is Reading<T> reading)
        {
            SetHandler(inlet, reading.Previous);
        }
    }

    /// <summary>From now on, sends every element of <paramref name="from"/> to <paramref name="to"/>.</summary>
    protected internal void PassAlong<TOut, TIn>(Inlet<TIn> from, Outlet<TOut> to, bool doFinish = true, bool doFail = true, bool doPull = false)
        where TIn : TOut
    {
        void PullNext() => TryPull(from);

        if (IsAvailable(from))
        {
            Emit(to, Grab(from), PullNext);
        }

        if (doFinish && IsClosed(from))
        {
            CompleteStage();
            return;
        }

        SetHandler(
            from,
            onPush: () => Emit(to, Grab(from), PullNext),
            onUpstreamFinish: doFinish ? CompleteStage : DoNothing,
            onUpstreamFailure: doFail ? FailStage : static _ => { });

        if (doPull)
        {
            TryPull(from);
        }
    }

    private Emission<T> EmissionOn<T>(Outlet<T> outlet)
    {
        if (_outHandlers[outlet.Id] is Emission<T> running)
        {
            return running;
        }

        var emission = new Emission<T>(this, outlet);
        SetHandler(outlet, emission);
        return emission;
    }
}
