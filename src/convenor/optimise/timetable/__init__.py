"""When and where: timetables made by a solver, judged by the same rules on any hand-made grid.

`model` has the words, `rules` what must hold, `wishes` what costs, `check` judges without loading the solver;
`solve` makes a timetable and `explain` says why there is none: both load the solver and belong in the worker.
"""
