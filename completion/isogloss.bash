# isogloss.bash -- completion of the program's commands and options for bash. Options and dialects
# are asked from the program itself, so that they are always those of the version installed.
#
# SPDX-License-Identifier: Apache-2.0

_isogloss_options() {
    "$1" "$2" --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u
}

_isogloss() {
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} current=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words='transform paraphrase analyse features dialects distance explain compile test lint
            evaluate bench --help --version'
    else
        case $previous in
        -d | --dialect)
            words=$("$program" dialects --format tsv 2>/dev/null | cut -f 1 | tail -n +2) ;;
        -f | --feature)
            words=$("$program" features --format tsv 2>/dev/null | cut -f 1 | tail -n +2) ;;
        --format)
            case $command in
            transform | paraphrase) words='lines text jsonl csv tsv' ;;
            lint) words='text json' ;;
            *) words='table tsv json' ;;
            esac ;;
        --needs) words='tense number gender person definiteness polarity pronoun-gender word-form' ;;
        --task) words='classify score' ;;
        --model) words='cmd: http:// https:// builtin:sentiment' ;;
        --rates) words='natural multivalue' ;;
        --slang | --region) words='US UK IE AU NZ CA ZA IN SG Caribbean general all' ;;
        --register) words='plain coarse obscene slang colloquial youth local cant dated all' ;;
        --colour) words='auto always never' ;;
        --seed | --variants | --max-features | --rate | --field | --id-field | --protect | \
            --parallel-field | --api-model | --prompt | --max-tokens | --key-env | --concurrency | --max-requests | \
            --model-name | --timeout | --input-field | --label-field | --cluster-field | \
            --slice-field | --slice-minimum | --threshold | --examples | --resamples | --fail-if | \
            --density | --jobs | -j | --seconds) return ;;
        *)
            case $command,$current in
            *,-*) words=$(_isogloss_options "$program" "$command") ;;
            distance,*)
                words=$("$program" dialects --format tsv 2>/dev/null | cut -f 1 | tail -n +2) ;;
            esac ;;
        esac
    fi
    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    fi
}

complete -o default -F _isogloss isogloss
