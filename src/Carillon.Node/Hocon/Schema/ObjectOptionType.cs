namespace Carillon.Node.Hocon.Schema;

/// <summary>An object with known keys.</summary>
internal sealed class ObjectOptionType : OptionType
{
    private readonly Dictionary<string, OptionProperty> _properties = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The known names, sorted, as configuration files write them.</summary>
    public IEnumerable<string> WrittenNames =>
        _properties.Values.Select(property => property.WrittenName).Order(StringComparer.Ordinal);

    public void Add(OptionProperty property) => _properties.Add(OptionName.Normalize(property.Key), property);

    public OptionProperty? Find(string name) => _properties.GetValueOrDefault(OptionName.Normalize(name));
}
