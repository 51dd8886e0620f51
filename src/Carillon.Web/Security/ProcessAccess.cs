using Carillon.Model;

namespace Carillon.Web;

/// <summary>Says why a run may not be used, with the line of configuration that allows it.</summary>
public static class ProcessAccess
{
    /// <summary>The problem of a declared run, or null.</summary>
    /// <param name="allowed">The setting.</param>
    /// <param name="run">The run.</param>
    public static string? ProblemOfDeclared(this AllowProcess allowed, RunSpec? run)
    {
        return run is ProcessRun && allowed == AllowProcess.Off ? Problem(allowed, "declared") : null;
    }

    /// <summary>The problem of a run that came through the API, or null.</summary>
    /// <param name="allowed">The setting.</param>
    /// <param name="run">The run.</param>
    public static string? ProblemOfPosted(this AllowProcess allowed, RunSpec? run)
    {
        return run is ProcessRun && allowed != AllowProcess.Api ? Problem(allowed, "api") : null;
    }

    private static string Problem(AllowProcess allowed, string needed)
    {
        return $"run.type 'process' is refused while security.allow-process is '{EnumWords<AllowProcess>.Of(allowed)}'; "
            + $"add to the configuration: carillon.security.allow-process = {needed}";
    }
}
