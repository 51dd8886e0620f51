using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Sets of attempts: the serializer writes such a set and cannot read it.</summary>
internal sealed class AttemptKeysConverter : JsonConverter<IReadOnlySet<AttemptKey>>
{
    public override IReadOnlySet<AttemptKey> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return JsonSerializer.Deserialize<HashSet<AttemptKey>>(ref reader, options)!;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlySet<AttemptKey> value, JsonSerializerOptions options)
    {
        JsonSerializer.Serialize<IEnumerable<AttemptKey>>(writer, value, options);
    }
}
