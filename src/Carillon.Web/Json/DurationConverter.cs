using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>Writes durations in their short form, such as <c>90s</c>.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return DurationText.TryParse(reader.GetString() ?? string.Empty, out var duration)
            ? duration
            : throw new JsonException(DurationText.Allowed);
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        writer.WriteStringValue(DurationText.Format(value));
    }
}
