namespace Carillon.Node.Hocon.Schema;

/// <summary>An object whose keys are names given by the user and kept as written.</summary>
internal sealed class MapOptionType(OptionType element) : OptionType
{
    public OptionType Element { get; } = element;
}
