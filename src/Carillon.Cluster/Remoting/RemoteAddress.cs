using System.Buffers.Text;
using System.Text;

namespace Carillon.Cluster;

/// <summary>Where an actor is: on a node, under the name it is published by or the number it is exported under.</summary>
/// <param name="Node">The incarnation of the node.</param>
/// <param name="Name">The name, or null.</param>
/// <param name="Number">The number, from 1; 0 where there is a name.</param>
internal readonly record struct RemoteAddress(Guid Node, string? Name, long Number)
{
    /// <summary>The longest name, in ASCII characters.</summary>
    public const int MaxName = 64;

    /// <summary>The longest text, in bytes.</summary>
    public const int MaxLength = GuidLength + 1 + MaxName;

    private const int GuidLength = 32;
    private const byte Slash = (byte)'/';
    private const byte NumberSign = (byte)'#';

    /// <summary>Writes the text: <c>NODE/name</c> or <c>NODE/#17</c>.</summary>
    /// <returns>How many bytes it has.</returns>
    public int Format(Span<byte> text)
    {
        Utf8Formatter.TryFormat(Node, text, out _, 'N');
        text[GuidLength] = Slash;
        if (Name is not null)
        {
            return GuidLength + 1 + Encoding.ASCII.GetBytes(Name, text[(GuidLength + 1)..]);
        }

        text[GuidLength + 1] = NumberSign;
        Utf8Formatter.TryFormat(Number, text[(GuidLength + 2)..], out var digits);
        return GuidLength + 2 + digits;
    }

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out RemoteAddress address)
    {
        address = default;
        if (text.Length is < GuidLength + 2 or > MaxLength
            || text[GuidLength] != Slash
            || !Utf8Parser.TryParse(text[..GuidLength], out Guid node, out var read, 'N')
            || read != GuidLength)
        {
            return false;
        }

        var key = text[(GuidLength + 1)..];
        if (key[0] != NumberSign)
        {
            address = new RemoteAddress(node, Encoding.ASCII.GetString(key), 0);
            return true;
        }

        if (!Utf8Parser.TryParse(key[1..], out long number, out var digits) || digits != key.Length - 1 || number < 1)
        {
            return false;
        }

        address = new RemoteAddress(node, null, number);
        return true;
    }

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }
}
