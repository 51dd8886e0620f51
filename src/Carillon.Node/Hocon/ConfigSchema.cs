using Carillon.Node.Hocon.Schema;

namespace Carillon.Node.Hocon;

/// <summary>
/// Which keys a configuration may have and what their values may be. Read from option types: a public settable
/// property is a key in kebab-case (<c>TimeZone</c> is <c>time-zone</c>), a dictionary an object whose keys are kept
/// as written, a list or array a list, a class an object.
/// </summary>
/// <remarks>
/// Keys compare without case, '-' and '_'. Values:
/// <list type="bullet">
/// <item><see cref="TimeSpan"/>: a HOCON duration (<c>5s</c>, <c>2 minutes</c>; a number alone is milliseconds),
/// flattened to the invariant format "c".</item>
/// <item>integers with <see cref="Carillon.Model.Configuration.ByteSizeAttribute"/>: a HOCON size (<c>64KiB</c>),
/// flattened to bytes.</item>
/// <item><see cref="bool"/>: true, false, yes, no, on, off.</item>
/// <item>enumerations: member names in kebab-case (<c>run-once</c>).</item>
/// <item>null leaves the option at its default.</item>
/// </list>
/// The configuration binder adds configured elements to those that a collection already has, and an empty list leaves
/// it as it is. So a list option with a default is best an array that is null until the default is applied.
/// </remarks>
public sealed class ConfigSchema
{
    private readonly OptionType _root;

    private ConfigSchema(OptionType root) => _root = root;

    /// <summary>Allows everything. All keys lose '-' and '_'; values are kept as written.</summary>
    public static ConfigSchema Unchecked { get; } = new(new UncheckedOptionType(keepsKeys: false));

    /// <summary>Allows what a type of options has properties for, and no other key.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="section">The root key that holds them, such as <c>carillon</c>.</param>
    /// <param name="uncheckedSections">Other root keys, whose content is kept as written.</param>
    public static ConfigSchema For<TOptions>(string section, params IReadOnlyCollection<string> uncheckedSections)
    {
        var root = new ObjectOptionType();
        root.Add(new OptionProperty(section, section, new OptionTypeReader().ReadObject(typeof(TOptions))));
        foreach (var name in uncheckedSections)
        {
            root.Add(new OptionProperty(name, name, new UncheckedOptionType(keepsKeys: true)));
        }

        return new ConfigSchema(root);
    }

    /// <summary>Checks, converts and flattens a configuration. Problems are part of the result.</summary>
    public FlatConfig Flatten(HoconObject root) => ConfigFlattener.Flatten(_root, root);
}
