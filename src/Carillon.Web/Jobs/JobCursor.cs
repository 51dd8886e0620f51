using System.Buffers.Text;
using System.Text.Json;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>A place in a sorted job list: the last row of the page before.</summary>
/// <param name="Sort">The order of the list.</param>
/// <param name="Number">The row's sort key, when it is a number.</param>
/// <param name="Text">The row's sort key, when it is a text.</param>
/// <param name="Id">The row's job.</param>
internal sealed record JobCursor(string Sort, decimal? Number, string? Text, string Id)
{
    /// <summary>The place of a row.</summary>
    public static string At(JobOrder order, JobRow row)
    {
        var key = order.KeyOf(row);
        var cursor = new JobCursor(order.Text, key.Number, key.Text, row.Job.Id);
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(cursor, WebJson.Options));
    }

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidCursorException">It is not one that a list of this order gave.</exception>
    public static (SortKey Key, string Id) Read(string text, JobOrder order)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            if (JsonSerializer.Deserialize<JobCursor>(bytes, WebJson.Options) is { Id: not null } cursor
                && string.Equals(cursor.Sort, order.Text, StringComparison.Ordinal))
            {
                return (new SortKey(cursor.Number, cursor.Text), cursor.Id);
            }
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            // Told below, like a cursor of another list.
        }

        throw new InvalidCursorException(text);
    }
}
