using System.Globalization;
using System.Text.Json;

namespace Carillon.Node.Logs;

/// <summary>What an analysis needs of one line of a JSON log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Job">The job it is about, or null.</param>
/// <param name="Execution">The execution it is about, or null.</param>
/// <param name="Attempt">The attempt it is about, or null.</param>
/// <param name="Outcome">How the attempt ended; null where the line is not about its end.</param>
/// <param name="DurationMs">How long the attempt took; null where the line is not about its end.</param>
/// <param name="ErrorType">The type of the error it tells of, or null.</param>
/// <param name="ErrorMessage">The message of that error, or null.</param>
internal sealed record LogRecord(
    DateTimeOffset At,
    string Level,
    string? Job,
    string? Execution,
    int? Attempt,
    string? Outcome,
    double? DurationMs,
    string? ErrorType,
    string? ErrorMessage)
{
    /// <summary>Reads a line; null when it is none of this log: half of one, or something else.</summary>
    public static LogRecord? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || Text(root, "level") is not { } level
                || !DateTimeOffset.TryParse(
                    Text(root, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return null;
            }

            var fields = Member(root, "fields");
            var error = Member(root, "exception");
            return new LogRecord(
                at,
                level,
                Text(root, "job"),
                Text(root, "execution"),
                (int?)Number(root, "attempt"),
                Text(fields, "Outcome"),
                Number(fields, "DurationMs"),
                Text(fields, "ErrorType") ?? Text(error, "type"),
                Text(fields, "ErrorMessage") ?? Text(error, "message"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Also text that is no Unicode, which is found out only when it is read.
            return null;
        }
    }

    private static JsonElement Member(JsonElement parent, string name)
    {
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;
    }

    private static string? Text(JsonElement parent, string name)
    {
        return Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    private static double? Number(JsonElement parent, string name)
    {
        return Member(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;
    }
}
