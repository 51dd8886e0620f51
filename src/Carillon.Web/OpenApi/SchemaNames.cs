using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Carillon.Web;

/// <summary>
/// Gives schemas the words under which answers are written. The generator follows the host's JSON options, which this
/// library must not change.
/// </summary>
internal static class SchemaNames
{
    /// <summary>Describes the types that are written in a way of their own.</summary>
    public static void Describe(OpenApiSchema schema, JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (plain.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = null;
            schema.Enum = [.. Enum.GetNames(plain).Select(static name => (JsonNode)Snake(name))];
        }
        else if (plain == typeof(TimeSpan))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = null;
            schema.Examples = ["30s"];
        }
        else if (plain == typeof(RawJson))
        {
            schema.Type = null;
            schema.Properties = null;
            schema.Required = null;
            schema.Description = "Any JSON.";
        }
    }

    /// <summary>Renames the members of every schema to snake_case.</summary>
    public static void Rename(IEnumerable<IOpenApiSchema> schemas)
    {
        foreach (var schema in schemas.OfType<OpenApiSchema>())
        {
            schema.Properties = schema.Properties?.ToDictionary(
                static property => Snake(property.Key), static property => property.Value, StringComparer.Ordinal);
            schema.Required = schema.Required?.Select(Snake).ToHashSet(StringComparer.Ordinal);
        }
    }

    private static string Snake(string name)
    {
        return name.Contains('_', StringComparison.Ordinal) ? name : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }
}
