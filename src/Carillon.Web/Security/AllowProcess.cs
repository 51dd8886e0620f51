namespace Carillon.Web;

/// <summary>Which jobs may start processes.</summary>
public enum AllowProcess
{
    /// <summary>None. The default.</summary>
    Off,

    /// <summary>Those declared in configuration or code.</summary>
    Declared,

    /// <summary>Those that an admin creates through the API, too.</summary>
    Api,
}
