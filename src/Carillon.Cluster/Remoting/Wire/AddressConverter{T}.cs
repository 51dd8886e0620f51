using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>References to actors that take <typeparamref name="T"/>.</summary>
internal sealed class AddressConverter<T>(RemoteActors actors) : JsonConverter<IActorRef<T>>
    where T : class
{
    public override IActorRef<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && RemoteAddress.TryParse(reader.ValueSpan, out var address)
            ? actors.Resolve<T>(address)
            : throw new JsonException("That is no address of an actor.");
    }

    public override void Write(Utf8JsonWriter writer, IActorRef<T> value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[RemoteAddress.MaxLength];
        var length = actors.AddressOf(value).Format(text);
        writer.WriteStringValue(text[..length]);
    }
}
