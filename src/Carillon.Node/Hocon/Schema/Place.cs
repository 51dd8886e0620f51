using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon.Schema;

/// <summary>Where a value is: the path that messages show and the configuration key it gets.</summary>
internal sealed record Place(HoconPath Path, string Key)
{
    public static Place Root { get; } = new(HoconPath.Root, string.Empty);

    public Place Below(string written, string segment) =>
        new(Path.Append(written), Key.Length == 0 ? segment : ConfigurationPath.Combine(Key, segment));
}
