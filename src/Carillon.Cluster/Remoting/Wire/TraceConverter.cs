using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Cluster;

/// <summary>The context of a span as W3C <c>traceparent</c> and, where there is one, <c>tracestate</c>, with a space between.</summary>
internal sealed class TraceConverter : JsonConverter<ActivityContext>
{
    public override ActivityContext Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = reader.GetString()!.Split(' ', 2);
        if (parts[0].Length == 0)
        {
            return default;
        }

        return ActivityContext.TryParse(parts[0], parts.Length > 1 ? parts[1] : null, isRemote: true, out var context)
            ? context
            : throw new JsonException("That is no traceparent.");
    }

    public override void Write(Utf8JsonWriter writer, ActivityContext value, JsonSerializerOptions options)
    {
        if (value == default)
        {
            writer.WriteStringValue("");
            return;
        }

        var parent = $"00-{value.TraceId}-{value.SpanId}-{(value.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";
        writer.WriteStringValue(value.TraceState is { Length: > 0 } state ? $"{parent} {state}" : parent);
    }
}
