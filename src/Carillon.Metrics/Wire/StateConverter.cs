using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Metrics;

/// <summary>Writes a value in the compact form of histories, as base64, with a version and a checksum.</summary>
internal abstract class StateConverter<T> : JsonConverter<T>
{
    private const byte Version = 1;

    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var state = new StateReader(typeof(T).Name, reader.GetBytesFromBase64(), Version);
        var value = Read(ref state);
        state.Finish();
        return value;
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var state = new StateWriter(Version);
        Write(state, value);
        writer.WriteBase64StringValue(state.Finish().Span);
    }

    protected abstract T Read(ref StateReader state);

    protected abstract void Write(StateWriter state, T value);
}
