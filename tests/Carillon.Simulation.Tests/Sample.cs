using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Jobs and code for scenes.</summary>
internal static class Sample
{
    public static readonly CodeScript Fails = new(TimeSpan.Zero, "it broke");

    /// <summary>A job that is due every so many seconds, from the beginning of the scene on.</summary>
    public static JobDefinition Every(double seconds, Func<JobDefinition, JobDefinition>? with = null, string id = "job")
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromSeconds(seconds), Start = Scene.Noon };
        return OnDemand(d => (with ?? Same)(d with { Schedule = schedule }), id);
    }

    /// <summary>A job that runs only when triggered.</summary>
    public static JobDefinition OnDemand(Func<JobDefinition, JobDefinition>? with = null, string id = "job")
    {
        return (with ?? Same)(new JobDefinition { Id = id, Run = new ClassRun { Class = "scripted" } });
    }

    /// <summary>Code that succeeds after so many seconds.</summary>
    public static CodeScript Takes(double seconds)
    {
        return new CodeScript(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>A scene with one node, up for a moment.</summary>
    public static Scene Started(SceneOptions? options = null)
    {
        var scene = new Scene(options);
        scene.Start();
        return scene;
    }

    private static JobDefinition Same(JobDefinition definition)
    {
        return definition;
    }
}
