namespace Carillon.Node.Hocon.Schema;

/// <summary>Anything, taken as it is.</summary>
/// <param name="keepsKeys">Whether keys are kept as written; otherwise they lose '-' and '_'.</param>
internal sealed class UncheckedOptionType(bool keepsKeys) : OptionType
{
    public bool KeepsKeys { get; } = keepsKeys;
}
