using System.Text;
using Akka.IO;

namespace Miru.Actors.Tests.Streams;

public sealed class ByteStringTests
{
    private static readonly ByteString Rope = Bytes(1, 2) + Bytes(3) + Bytes(4, 5, 6);

    [Fact]
    public void Concatenation_and_slices_are_the_bytes_in_order()
    {
        Assert.Equal([1, 2, 3, 4, 5, 6], Rope.ToArray());
        Assert.Equal([2, 3, 4], Rope.Slice(1, 3).ToArray());
        Assert.Equal([3, 4, 5, 6], Rope.Slice(2).ToArray());
        Assert.Equal(6, Rope.Count);
        Assert.Equal(4, Rope[3]);
    }

    [Fact]
    public void Equality_is_of_bytes_however_they_are_laid_out()
    {
        Assert.Equal(Bytes(1, 2, 3, 4, 5, 6), Rope);
        Assert.True(Bytes(1, 2, 3, 4, 5, 6) == Rope);
        Assert.NotEqual(Bytes(1, 2, 3, 4, 5, 7), Rope);
        Assert.Equal(Bytes(1, 2, 3, 4, 5, 6).GetHashCode(), Rope.GetHashCode());
    }

    [Fact]
    public void Compacting_makes_one_piece_of_the_same_bytes()
    {
        Assert.False(Rope.IsCompact);
        Assert.True(Rope.Compact().IsCompact);
        Assert.Equal(Rope, Rope.Compact());
    }

    [Fact]
    public void A_byte_is_found_at_or_after_a_position()
    {
        Assert.Equal(3, Rope.IndexOf(4));
        Assert.Equal(-1, Rope.IndexOf(9));
        Assert.Equal(-1, Rope.IndexOf(1, 1));
        Assert.Equal(5, Rope.IndexOf(6, 4));
    }

    [Fact]
    public void A_substring_is_compared_across_pieces()
    {
        Assert.True(Rope.HasSubstring(Bytes(2, 3, 4), 1));
        Assert.False(Rope.HasSubstring(Bytes(2, 3, 5), 1));
    }

    [Fact]
    public void Copies_are_not_touched_by_later_changes_of_the_array()
    {
        byte[] array = [1, 2];
        var copy = ByteString.CopyFrom(array);
        array[0] = 9;

        Assert.Equal([1, 2], copy.ToArray());
    }

    [Fact]
    public async Task Writing_to_a_stream_writes_all_pieces()
    {
        using var synchronous = new MemoryStream();
        using var asynchronous = new MemoryStream();
        Rope.WriteTo(synchronous);
        await Rope.WriteToAsync(asynchronous);

        Assert.Equal(Rope.ToArray(), synchronous.ToArray());
        Assert.Equal(Rope.ToArray(), asynchronous.ToArray());
    }

    [Fact]
    public void Text_is_utf8_unless_told_otherwise()
    {
        Assert.Equal("mü", ByteString.FromString("mü").ToString());
        Assert.Equal(3, ByteString.FromString("mü").Count);
        Assert.Equal("mü", ByteString.FromString("mü", Encoding.Unicode).ToString(Encoding.Unicode));
    }

    [Fact]
    public void Copying_out_copies_a_part()
    {
        var buffer = new byte[5];

        Assert.Equal(4, Rope.CopyTo(buffer, 1, 4));
        Assert.Equal([0, 1, 2, 3, 4], buffer);
    }

    private static ByteString Bytes(params byte[] bytes) => ByteString.FromBytes(bytes);
}
