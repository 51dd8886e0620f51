namespace Carillon.Node.Hocon;

/// <summary>The value of one configuration key.</summary>
/// <param name="Text">The text as the configuration binder takes it; empty for an empty list or object.</param>
/// <param name="Origin">Where it was written.</param>
public sealed record ConfigValue(string Text, HoconOrigin Origin);
