using System.Text;

namespace Carillon.Metrics;

/// <summary>Puts lines together, as many as a batch may hold.</summary>
internal static class LineBatches
{
    /// <summary>The batches and the number of lines of each. A line that is longer than a batch stands alone.</summary>
    /// <param name="lines">Lines without their ends.</param>
    /// <param name="maxBytes">The most bytes of a batch.</param>
    public static IEnumerable<(ReadOnlyMemory<byte> Text, int Lines)> Of(IEnumerable<string> lines, int maxBytes)
    {
        var text = new MemoryStream(maxBytes);
        var count = 0;
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            if (count > 0 && text.Length + 1 + bytes.Length > maxBytes)
            {
                yield return (text.ToArray(), count);
                text.SetLength(0);
                count = 0;
            }

            if (count > 0)
            {
                text.WriteByte((byte)'\n');
            }

            text.Write(bytes);
            count++;
        }

        if (count > 0)
        {
            yield return (text.ToArray(), count);
        }
    }
}
