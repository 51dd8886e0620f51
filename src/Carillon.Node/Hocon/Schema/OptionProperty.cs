namespace Carillon.Node.Hocon.Schema;

/// <summary>One key of an object.</summary>
/// <param name="Key">The segment of the configuration key, such as <c>TimeZone</c>.</param>
/// <param name="WrittenName">The name as configuration files write it, such as <c>time-zone</c>.</param>
/// <param name="Type">What it may be.</param>
internal sealed record OptionProperty(string Key, string WrittenName, OptionType Type);
