namespace Carillon.Node.Hocon.Schema;

/// <summary>A list, or an object whose keys are positions.</summary>
internal sealed class ListOptionType(OptionType element) : OptionType
{
    public OptionType Element { get; } = element;
}
