using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Cluster;

/// <summary>A message inside another one: its tag and its body.</summary>
internal sealed class MessageConverter(WireTypes types) : JsonConverter<object>
{
    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A message is not a tag and a body.");
        }

        reader.Read();
        var message = ReadTagged(ref reader, options);
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? message : throw new JsonException("A message has more than a tag and a body.");
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        WriteTagged(writer, value, options);
        writer.WriteEndArray();
    }

    /// <summary>Reads from the tag to the end of the body.</summary>
    internal object ReadTagged(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var tag = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A message has no tag.");
        if (!types.TryFind(tag, out var type))
        {
            throw new JsonException($"No message is called '{tag}' here.");
        }

        reader.Read();
        return JsonSerializer.Deserialize(ref reader, type, options) ?? throw new JsonException("A message is null.");
    }

    internal void WriteTagged(Utf8JsonWriter writer, object message, JsonSerializerOptions options)
    {
        var type = message.GetType();
        if (!types.Knows(type))
        {
            throw new UnlistedMessageException(type);
        }

        writer.WriteStringValue(type.Name);
        JsonSerializer.Serialize(writer, message, type, options);
    }
}
