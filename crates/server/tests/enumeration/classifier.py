"""Tells two kinds of people apart by what the service has answered them, as well as a machine can.

Takes a seed for all that is random here. Reads JSON from standard input: a list of [kind, {feature: value}]; the name of a
time ends in " took". Fits three classifiers on one half and judges the other, then the other way round; by all but the times,
and by the times. Prints as JSON the share of people that each has told rightly.

The forest takes numbers as they are. The others see whether a feature is there, or add up: they take of a number which tenth
of all people it is in, so that neither its unit nor one that is far out hides the rest.
"""

import json
import sys

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.naive_bayes import BernoulliNB
from sklearn.pipeline import make_pipeline

seed = int(sys.argv[1])
people = json.load(sys.stdin)
kinds = [kind for kind, _ in people]
all_features = [features for _, features in people]


def is_time(name):
    return name.endswith(" took")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def in_tenths(people):
    numbers = {}
    for features in people:
        for name, value in features.items():
            if is_number(value):
                numbers.setdefault(name, []).append(value)
    tenths = {name: np.quantile(all_of, np.arange(0.1, 1, 0.1)) for name, all_of in numbers.items()}
    return [
        {
            name: str(np.searchsorted(tenths[name], value)) if is_number(value) else value
            for name, value in features.items()
        }
        for features in people
    ]


shown = [{name: value for name, value in it.items() if not is_time(name)} for it in all_features]
times = [{name: value for name, value in it.items() if is_time(name)} for it in all_features]
halves = StratifiedKFold(2, shuffle=True, random_state=seed)
told = {}
for by, features in (("", shown), (" by times", times)):
    for name, classifier, seen in (
        ("forest", RandomForestClassifier(200, random_state=seed), features),
        ("regression", LogisticRegression(max_iter=2000, C=0.1), in_tenths(features)),
        ("bayes", BernoulliNB(), in_tenths(features)),
    ):
        pipeline = make_pipeline(DictVectorizer(), classifier)
        told[name + by] = float(cross_val_score(pipeline, seen, kinds, cv=halves).mean())
print(json.dumps(told))
