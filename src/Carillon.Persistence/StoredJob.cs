using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>A job's definition as the stores keep it: JSON with snake_case names, unknown members ignored.</summary>
internal static class StoredJob
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(JobDefinition definition)
    {
        return JsonSerializer.Serialize(definition, Json);
    }

    public static JobDefinition ReadDefinition(string json)
    {
        return JsonSerializer.Deserialize<JobDefinition>(json, Json)
            ?? throw new InvalidDataException("a stored job definition is null");
    }

    public static string Write(JobSource source)
    {
        return source == JobSource.Declared ? "declared" : "api";
    }

    public static JobSource ReadSource(string source)
    {
        return source is "declared" ? JobSource.Declared : JobSource.Api;
    }
}
