using System.Buffers.Text;
using System.Text.Json;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>A place in the list of what is due: its beginning and the last entry of the page before.</summary>
/// <param name="From">Where the list begins, which the first page may have left to the clock.</param>
/// <param name="At">When the entry is due.</param>
/// <param name="JobId">Its job.</param>
internal sealed record UpcomingCursor(DateTimeOffset From, DateTimeOffset At, string JobId)
{
    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidCursorException">No page gave it.</exception>
    public static UpcomingCursor Read(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<UpcomingCursor>(Base64Url.DecodeFromChars(text), WebJson.Options) is { JobId: not null } cursor)
            {
                return cursor;
            }
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            // Told below.
        }

        throw new InvalidCursorException(text);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, WebJson.Options));
    }
}
