namespace Carillon.Node.Hocon;

/// <summary>The values of a HOCON file as flat configuration keys. The file is read once.</summary>
public sealed class HoconConfigurationProvider(HoconConfigurationSource source) : ConfigurationProvider
{
    private FlatConfig? _config;

    /// <summary>Reads the file.</summary>
    /// <exception cref="HoconException">The file is missing, unreadable or not HOCON.</exception>
    /// <exception cref="InvalidConfigException">The schema does not allow what the file contains.</exception>
    public override void Load()
    {
        _config = source.Schema.Flatten(HoconDocument.Load(source.Path, source.Environment).Root);
        Data = _config.ToData();
    }

    /// <summary>Where a configuration key was written; null when the file does not set it.</summary>
    public HoconOrigin? OriginOf(string key) => _config?.Values.GetValueOrDefault(key)?.Origin;
}
