namespace Carillon.Node.Hocon.Schema;

/// <summary>What an option may be.</summary>
internal abstract class OptionType;
