using System.Reflection;
using Carillon.Model.Configuration;

namespace Carillon.Node.Hocon.Schema;

/// <summary>Finds out from .NET types what a configuration may contain.</summary>
internal sealed class OptionTypeReader
{
    // Filled before the properties are read, because option types may contain themselves.
    private readonly Dictionary<Type, ObjectOptionType> _objects = [];

    public ObjectOptionType ReadObject(Type type)
    {
        if (_objects.TryGetValue(type, out var known))
        {
            return known;
        }

        var result = new ObjectOptionType();
        _objects.Add(type, result);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsOption))
        {
            var isByteSize = property.IsDefined(typeof(ByteSizeAttribute), inherit: true);
            result.Add(new OptionProperty(
                property.Name, OptionName.ToKebabCase(property.Name), Read(property.PropertyType, isByteSize)));
        }

        return result;
    }

    // The binder sets properties, and adds to collections that it cannot set.
    private static bool IsOption(PropertyInfo property) => property.GetIndexParameters().Length == 0
        && (property.SetMethod is { IsPublic: true }
            || (property.GetMethod is { IsPublic: true } && property.PropertyType != typeof(string)
                && ElementOf(property.PropertyType) is not null));

    private OptionType Read(Type type, bool isByteSize)
    {
        var valueType = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarOptionType.For(valueType, isByteSize) is { } scalar)
        {
            return scalar;
        }

        return ElementOf(valueType) switch
        {
            null => ReadObject(valueType),
            { IsGenericType: true } pair when pair.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) =>
                new MapOptionType(Read(pair.GetGenericArguments()[1], isByteSize)),
            var element => new ListOptionType(Read(element, isByteSize)),
        };
    }

    /// <summary>The element of a collection, for dictionaries a key-value pair; null for other types.</summary>
    private static Type? ElementOf(Type type) => type.GetInterfaces()
        .Append(type)
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        ?.GetGenericArguments()[0];
}
