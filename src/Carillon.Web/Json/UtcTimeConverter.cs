using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Web;

/// <summary>Writes times that are UTC already as RFC 3339 with microseconds.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return InstantText.TryParse(reader.GetString() ?? string.Empty, out var instant)
            ? instant.UtcDateTime
            : throw new JsonException(InstantText.Allowed);
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        writer.WriteStringValue(InstantText.Format(new DateTimeOffset(value, TimeSpan.Zero)));
    }
}
