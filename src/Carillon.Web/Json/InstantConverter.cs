using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Web;

/// <summary>Writes instants as RFC 3339 UTC with microseconds.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return InstantText.TryParse(reader.GetString() ?? string.Empty, out var instant)
            ? instant
            : throw new JsonException(InstantText.Allowed);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        writer.WriteStringValue(InstantText.Format(value));
    }
}
