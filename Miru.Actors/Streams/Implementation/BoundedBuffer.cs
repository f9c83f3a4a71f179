namespace Akka.Streams.Implementation;

/// <summary>A ring of at most so many elements; it allocates as it fills, never beyond its capacity.</summary>
internal sealed class BoundedBuffer<T>
{
    private const int InitialLength = 16;
    private readonly int _capacity;
    private T[] _elements;
    private int _head;

    public BoundedBuffer(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
        _elements = new T[Math.Min(capacity, InitialLength)];
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _capacity;

    public void Enqueue(T element)
    {
        if (Count == _elements.Length)
        {
            Grow();
        }

        _elements[Wrap(_head + Count)] = element;
        Count++;
    }

    public T Peek() => _elements[_head];

    public T Dequeue()
    {
        var element = _elements[_head];
        _elements[_head] = default;
        _head = Wrap(_head + 1);
        Count--;
        return element;
    }

    public void DropTail()
    {
        Count--;
        _elements[Wrap(_head + Count)] = default;
    }

    public void Clear()
    {
        Array.Clear(_elements);
        (_head, Count) = (0, 0);
    }

    /// <summary>Applies the strategy to a full buffer; false if the arriving element must not be added.</summary>
    public bool MakeRoom(OverflowStrategy strategy)
    {
        switch (strategy)
        {
            case OverflowStrategy.DropHead:
                Dequeue();
                return true;
            case OverflowStrategy.DropTail:
                DropTail();
                return true;
            case OverflowStrategy.DropBuffer:
                Clear();
                return true;
            default:
                return false;
        }
    }

    private int Wrap(int index) => index < _elements.Length ? index : index - _elements.Length;

    private void Grow()
    {
        var larger = new T[Math.Min(_capacity, _elements.Length * 2)];
        var beforeWrap = _elements.Length - _head;
        Array.Copy(_elements, _head, larger, 0, beforeWrap);
        Array.Copy(_elements, 0, larger, beforeWrap, _head);
        (_elements, _head) = (larger, 0);
    }
}
