using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Node.Logging;

/// <summary>
/// One JSON object for each entry: when, how bad, where from, the message and what was put into its template, the error,
/// and whose work it was: node, job, execution, attempt, shard, trace and span. Other scopes are below <c>scope</c>.
/// </summary>
internal sealed class JsonLogLine(string node, TimeProvider time) : ILogLineFormat
{
    private const int MaxText = 16_000;
    private const string Template = "{OriginalFormat}";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Own = ["job", "execution", "attempt", "node", "shard", "trace_id"];

    /// <inheritdoc/>
    public string Line<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", entry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("category", entry.Category);
            if (entry.EventId.Id != 0)
            {
                json.WriteNumber("event_id", entry.EventId.Id);
            }

            json.WriteString("message", Cut(entry.Formatter(entry.State, entry.Exception)));
            WriteFields(json, entry.State);
            WriteError(json, entry.Exception);
            WriteScopes(json, scopes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> pairs)
        {
            return;
        }

        if (pairs.FirstOrDefault(static pair => pair.Key is Template).Value is string template)
        {
            json.WriteString("template", Cut(template));
        }

        WriteObject(json, "fields", pairs);
    }

    private static void WriteError(Utf8JsonWriter json, Exception? error)
    {
        if (error is not null)
        {
            json.WriteStartObject("exception");
            json.WriteString("type", error.GetType().FullName);
            json.WriteString("message", Cut(error.Message));
            json.WriteString("stack", Cut(error.ToString()));
            json.WriteEndObject();
        }
    }

    private void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider? scopes)
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        scopes?.ForEachScope(
            static (scope, found) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> named)
                {
                    found.AddRange(named);
                }
                else if (scope is not null)
                {
                    found.Add(new("text", scope.ToString()));
                }
            },
            pairs);
        pairs.Insert(0, new("node", node));
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            pairs.Add(new("trace_id", activity.TraceId.ToHexString()));
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }

        foreach (var key in Own)
        {
            // The innermost scope is the last.
            if (pairs.FindLast(pair => string.Equals(pair.Key, key, StringComparison.Ordinal)) is { Key: not null } pair)
            {
                Write(json, key, pair.Value);
            }
        }

        WriteObject(json, "scope", [.. pairs.Where(static pair => !Own.Contains(pair.Key, StringComparer.Ordinal))]);
    }

    /// <summary>Writes each name once, with the value that was given last.</summary>
    private static void WriteObject(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        var last = pairs.Where(static pair => pair.Key is not Template)
            .Reverse().DistinctBy(static pair => pair.Key, StringComparer.Ordinal).Reverse().ToArray();
        if (last.Length == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in last)
        {
            Write(json, key, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(key);
                break;
            case bool flag:
                json.WriteBoolean(key, flag);
                break;
            case int or long or short or byte:
                json.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(key, number);
                break;
            default:
                json.WriteString(key, Cut(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
                break;
        }
    }

    private static string Cut(string text)
    {
        return text.Length <= MaxText ? text : text[..MaxText] + "…";
    }
}
