using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Carillon.Web;

/// <summary>
/// Gives schemas the names under which answers are written. The generator follows the host's JSON options, which this
/// library must not change.
/// </summary>
internal static class SchemaNames
{
    /// <summary>Renames what a schema holds.</summary>
    public static void Apply(OpenApiSchema schema, JsonTypeInfo type)
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
        else if (schema.Properties is { Count: > 0 } properties && type.Kind == JsonTypeInfoKind.Object)
        {
            Rename(schema, properties, type);
        }
    }

    private static void Rename(OpenApiSchema schema, IDictionary<string, IOpenApiSchema> properties, JsonTypeInfo type)
    {
        var names = type.Properties.ToDictionary(static property => property.Name, NameOf, StringComparer.Ordinal);
        schema.Properties = properties.ToDictionary(
            property => names.GetValueOrDefault(property.Key, property.Key),
            static property => property.Value,
            StringComparer.Ordinal);
        schema.Required = schema.Required?
            .Select(name => names.GetValueOrDefault(name, name))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static string NameOf(JsonPropertyInfo property)
    {
        var member = property.AttributeProvider as MemberInfo;
        return member?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? Snake(member?.Name ?? property.Name);
    }

    private static string Snake(string name)
    {
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }
}
