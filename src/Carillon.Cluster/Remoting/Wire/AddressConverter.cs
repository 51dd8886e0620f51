using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Cluster;

/// <summary>Writes the reference to an actor as the address under which other nodes reach it.</summary>
internal sealed class AddressConverter(RemoteActors actors) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert)
    {
        return typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Actors.IActorRef<>);
    }

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var converter = typeof(AddressConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments[0]);
        return (JsonConverter)Activator.CreateInstance(converter, actors)!;
    }
}
