using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What a run has printed by now; what it goes on to print does not travel.</summary>
internal sealed class OutputConverter : JsonConverter<JobOutput>
{
    public override JobOutput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = Encoding.UTF8.GetBytes(reader.GetString()!);
        var output = new JobOutput(text.Length, 0);
        output.Write(text);
        return output;
    }

    public override void Write(Utf8JsonWriter writer, JobOutput value, JsonSerializerOptions options)
    {
        writer.WriteStringValue(value.Text() ?? "");
    }
}
