using System.Buffers.Binary;
using System.Text;

namespace Carillon.Hosting.Tests;

/// <summary>A message of protocol buffers, read by its wire format alone: fields by number.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            var tag = Varint(ref rest);
            object value = (tag & 7) switch
            {
                0 => Varint(ref rest),
                1 => BinaryPrimitives.ReadUInt64LittleEndian(Take(ref rest, 8).Span),
                2 => Take(ref rest, (int)Varint(ref rest)),
                5 => (ulong)BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4).Span),
                var type => throw new InvalidDataException($"wire type {type}"),
            };
            _fields.Add(((int)(tag >> 3), value));
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field)
    {
        return All(field).Select(static value => new ProtoMessage((ReadOnlyMemory<byte>)value));
    }

    public ProtoMessage Message(int field)
    {
        return Messages(field).Single();
    }

    public ReadOnlyMemory<byte> Bytes(int field)
    {
        return All(field).Cast<ReadOnlyMemory<byte>>().SingleOrDefault();
    }

    public string Text(int field)
    {
        return Encoding.UTF8.GetString(Bytes(field).Span);
    }

    public string Hex(int field)
    {
        return Convert.ToHexStringLower(Bytes(field).Span);
    }

    /// <summary>A number; 0 where it is not there.</summary>
    public long Number(int field)
    {
        return (long)All(field).Cast<ulong>().SingleOrDefault();
    }

    public double Double(int field)
    {
        return BitConverter.Int64BitsToDouble(Number(field));
    }

    /// <summary>Numbers of 8 bytes, packed.</summary>
    public long[] Packed(int field)
    {
        var bytes = Bytes(field);
        return [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[(i * 8)..]))];
    }

    /// <summary>Attributes, as OTLP writes them, in the order of their keys.</summary>
    public SortedDictionary<string, string> Attributes(int field)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Messages(field))
        {
            var value = pair.Message(2);
            attributes.Add(pair.Text(1), value._fields is [(1, _)] ? value.Text(1) : value.Number(3).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return attributes;
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref rest, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private IEnumerable<object> All(int field)
    {
        return _fields.Where(f => f.Field == field).Select(static f => f.Value);
    }
}
